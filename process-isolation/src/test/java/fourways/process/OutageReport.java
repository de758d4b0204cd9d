package fourways.process;

import fourways.process.OutageChain.Link;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What many kills came to: the outages, and a table of where their time went. */
final class OutageReport {

    private OutageReport() {}

    static String of(String variant, List<OutageChain> chains) {
        double[] outages = sorted(chains, chain -> chain.at(Link.ALL_SHARDS_ANSWER));
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %d kills; outage of the victim's shards median %.1f ms, p90 %.1f ms, p99 %.1f ms, worst %.1f ms%n%n",
                variant,
                outages.length,
                percentile(outages, 50),
                percentile(outages, 90),
                percentile(outages, 99),
                outages[outages.length - 1]));
        text.append(String.format(
                Locale.ROOT,
                "%-36s%14s%14s%14s%14s%n",
                "ms",
                "median step",
                "since SIGKILL",
                "p90 since",
                "the worst"));
        OutageChain worst = chains.stream()
                .max(Comparator.comparingDouble(chain -> chain.at(Link.ALL_SHARDS_ANSWER)))
                .orElseThrow();
        Link before = null;
        for (Link link : Link.values()) {
            Link from = before;
            double[] steps = sorted(chains, chain -> chain.at(link) - (from == null ? 0 : chain.at(from)));
            double[] since = sorted(chains, chain -> chain.at(link));
            text.append(String.format(
                    Locale.ROOT,
                    "%-36s%14.1f%14.1f%14.1f%14.1f%n",
                    link.words(),
                    percentile(steps, 50),
                    percentile(since, 50),
                    percentile(since, 90),
                    worst.at(link)));
            before = link;
        }
        text.append(String.format(
                Locale.ROOT,
                "Medians, each of its own: they need not add up. The worst is one kill, since SIGKILL.%n%n"));
        text.append(String.format(
                Locale.ROOT,
                "all outages, in order, in ms: %s%n",
                Arrays.toString(chains.stream()
                        .mapToLong(chain -> Math.round(chain.at(Link.ALL_SHARDS_ANSWER)))
                        .toArray())));
        return text.toString();
    }

    private static double[] sorted(List<OutageChain> chains, ToDoubleFunction<OutageChain> millis) {
        return chains.stream().mapToDouble(millis).sorted().toArray();
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
