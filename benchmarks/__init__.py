"""Speed and memory against peers, in one run, after checking that answers agree."""
