"""The citizen hotline assistant."""
