"""The house style as tests: they read files, and run nothing of ours."""
