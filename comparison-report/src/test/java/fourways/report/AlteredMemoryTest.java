package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class AlteredMemoryTest {

    private static final String FIRED =
            "FIRED wild-write pid=4711 tid=4712 shard=3 added 100 cents behind the owners' backs to shard/account: ";

    private final AlteredMemory memory = new AlteredMemory();

    @Test
    void everyAccountThatTheFaultNamesIsHeardOf() {
        memory.said(FIRED + "1/6337 2/6338");
        memory.said(FIRED.replace("100", "-7") + "63/6399");

        assertEquals(Map.of(6337, 100L, 6338, 100L, 6399, -7L), memory.cents());
    }

    @Test
    void whatIsAlteredTwiceIsAddedUp() {
        memory.said(FIRED + "1/6337");
        memory.said(FIRED + "1/6337");

        assertEquals(Map.of(6337, 200L), memory.cents());
    }

    @Test
    void nothingElseIsTakenForAnAlteration() {
        memory.said(FIRED + "none, for there is no other shard in this process");
        memory.said(FIRED.replace("wild-write", "busy-loop") + "1/6337");
        memory.said("he said: " + FIRED + "1/6337");

        assertEquals(Map.of(), memory.cents());
    }
}
