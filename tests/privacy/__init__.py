"""What citizens say and who they are stays in the database and in the answer, and goes nowhere else."""
