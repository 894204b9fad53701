"""Pages of payments: the ledger, budget lines, approving and paying, a quarter's promises and its sign-off sheet."""
