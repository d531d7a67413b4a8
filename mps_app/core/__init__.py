"""Words everybody uses: who acts, one unit of work, time, money, codes, refusals."""
