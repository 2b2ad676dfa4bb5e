"""What everybody may open: the town's page, the chat as a page, the widget's files, privacy, accessibility, imprint."""
