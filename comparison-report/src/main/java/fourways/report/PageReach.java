package fourways.report;

import fourways.report.Reach.Servers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how far into the machinery a fault reached: who served the neighbours before and after, and whose memory was changed. */
final class PageReach {

    private PageReach() {}

    static List<String> lines(FaultCell cell) {
        Reach reach = cell.reach();
        if (reach == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Before, the neighbours were served by " + servers(reach.before()) + ".");
        lines.add("After, by " + servers(reach.after()) + ".");
        if (reach.before() != null && reach.after() != null) {
            lines.add("The same as before: " + processes(reach.survivingProcesses()) + " and "
                    + PageWords.count(reach.survivingThreads(), "thread") + ".");
        }
        if (!reach.alteredShards().isEmpty()) {
            lines.add("Memory and journal disagree in "
                    + PageWords.count(reach.alteredShards().size(), "shard") + ", where the fault wrote.");
        }
        return lines;
    }

    private static String servers(@Nullable Servers servers) {
        if (servers == null) {
            return "nobody who could be asked";
        }
        return processes(servers.processes().size()) + " with "
                + PageWords.count(servers.threads().size(), "thread")
                + (servers.silentShards() == 0
                        ? ""
                        : ", while of " + PageWords.count(servers.silentShards(), "shard") + " nobody said who serves");
    }

    private static String processes(int number) {
        return PageWords.count(number) + (number == 1 ? " process" : " processes");
    }
}
