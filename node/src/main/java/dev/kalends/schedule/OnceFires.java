package dev.kalends.schedule;

/** One fire, or none when its instant is {@link FireTimes#NEVER}. */
record OnceFires(long atMs) implements FireTimes {
    @Override
    public long nextAfter(long afterMs) {
        return afterMs < atMs ? atMs : NEVER;
    }

    @Override
    public long countBetween(long fromExclusiveMs, long toInclusiveMs) {
        return atMs != NEVER && fromExclusiveMs < atMs && atMs <= toInclusiveMs ? 1 : 0;
    }
}
