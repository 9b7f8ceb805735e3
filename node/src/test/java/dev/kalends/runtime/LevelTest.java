package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Head;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The feature level: raised on request only, and whoever does not know it does not touch what was written under it. */
final class LevelTest {
    private final LoopRig rig = new LoopRig();

    private void level(int level) {
        Head head = rig.store.head();
        Head other = new Head(head.nextToken(), head.epoch(), level, head.incarnation());
        rig.store.apply(
                new Batch(Samples.PARTITION, head.epoch(), LoopRig.T0, List.of(new Change.PutHead(other))),
                rig.store.position() + 1);
    }

    private Reply finish(int level) {
        return rig.ask(new Command.FinalizeLevel(rig.requestId(), level));
    }

    @Test
    void itIsRaisedOnRequestAndStays() {
        level(Head.FEATURE_LEVEL - 1);
        rig.restart();
        assertEquals(Head.FEATURE_LEVEL - 1, rig.store.head().featureLevel(), "a new build alone does not raise it");
        Reply.Acted acted = assertInstanceOf(Reply.Acted.class, finish(Head.FEATURE_LEVEL));
        assertEquals("finalized", acted.acts().getFirst().outcome());
        assertEquals(Head.FEATURE_LEVEL, rig.store.head().featureLevel());
        rig.restart();
        assertEquals(Head.FEATURE_LEVEL, rig.store.head().featureLevel());
        acted = assertInstanceOf(Reply.Acted.class, finish(Head.FEATURE_LEVEL - 1));
        assertEquals("unchanged", acted.acts().getFirst().outcome());
    }

    @Test
    void aLevelThatTheLeaderDoesNotReadIsRefused() {
        Reply.Refused refused = assertInstanceOf(Reply.Refused.class, finish(Head.FEATURE_LEVEL + 1));
        assertTrue(refused.message().contains("does not read that level"), refused.message());
        assertEquals(Head.FEATURE_LEVEL, rig.store.head().featureLevel());
    }

    @Test
    void whatARestoreDidNotFinishIsReadButNotLed() {
        level(Head.UNFINISHED);
        rig.restart();
        assertFalse(rig.loop.status().leading());
        assertTrue(rig.loop.broken());
        assertTrue(
                rig.loop.status().problem().contains("was not finished"),
                rig.loop.status().problem());
    }

    @Test
    void anOlderBuildStopsBeforeItWrites() {
        level(Head.FEATURE_LEVEL + 1);
        long position = rig.store.position();
        rig.restart();
        assertFalse(rig.loop.status().leading());
        assertTrue(rig.loop.broken());
        assertTrue(
                rig.loop.status().problem().contains("finalized for a newer version"),
                rig.loop.status().problem());
        assertEquals(position, rig.store.position(), "nothing was written");
    }
}
