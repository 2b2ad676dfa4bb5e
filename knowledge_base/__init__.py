"""What the town knows: services, responsibilities and offices, and how to find them. Imports nothing of ours."""
