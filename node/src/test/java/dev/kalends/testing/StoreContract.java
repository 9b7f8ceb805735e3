package dev.kalends.testing;

/**
 * Everything a {@link dev.kalends.journal.Store} promises, its {@link dev.kalends.journal.StoreReader} included. The
 * test of an adapter is a class that implements this.
 */
public interface StoreContract
        extends KeyedStateContract,
                NamesContract,
                NeighboursContract,
                AgendaContract,
                HistoryContract,
                SweepContract,
                StoreReaderContract,
                ForesightContract,
                PauseContract,
                DumpContract {}
