"""What a town is: its folder read into a typed object, without what the knowledge base reads."""
