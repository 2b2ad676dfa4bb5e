"""German and English expressions for days, times, money and numbers: reading and wording them, pure and without a clock."""
