package dev.kalends.worker;

/** Names a lease: the same run can be granted again, with a higher token, while its old execution is still dying. */
record LeaseKey(String run, long token) {}
