package fourways.report;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says which variants a run is about, and what is chosen where it is not given. */
final class OnlyOption {

    @Option(
            names = "--only",
            paramLabel = "ARCHITECTURE[:VARIANT][,…]",
            split = ",",
            description =
                    "Run these only; an architecture stands for all its variants. A comparison has by default the first and"
                            + " the hardened one of each, and others suffer no faults unless they are named themselves. See --list.")
    private List<String> only = new ArrayList<>();

    /** Whatever was asked for by name, or else all there are. */
    List<Contender> contenders() {
        return Contenders.select(Contenders.find(), only);
    }

    /** Whatever was asked for by name, or else of each architecture its default variant and its hardened one: all others would take too long. */
    List<Contender> standard() {
        return only.isEmpty() ? sufferers() : contenders();
    }

    /** Those that suffer faults: of each architecture its default variant and its hardened one, and whichever other one was asked for by name. */
    List<Contender> sufferers() {
        return contenders().stream()
                .filter(contender -> contender.byDefault() || contender.isHardened() || isNamed(contender))
                .toList();
    }

    /** Those that a soak is for: the hardened variants, and whichever other one was asked for by name. */
    List<Contender> soaked() {
        return contenders().stream()
                .filter(contender -> contender.isHardened() || isNamed(contender))
                .toList();
    }

    /** One an architecture: its default variant, or those that were asked for by name. */
    List<Contender> samples() {
        return contenders().stream()
                .filter(contender -> contender.byDefault() || isNamed(contender))
                .toList();
    }

    /** Not only as one of its architecture's variants. */
    private boolean isNamed(Contender contender) {
        return only.contains(contender.label());
    }
}
