package fourways.report;

import fourways.workload.Architecture;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Finds the architectures on the class path. None is named in this module: one more jar is one more column. */
final class Contenders {

    /** Names become parts of file names and are separated by commas and colons on the command line. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    private Contenders() {}

    /**
     * All variants of all architectures, by name, each architecture's variants in its own order.
     *
     * @throws UsageException if there is none, or one that cannot be used
     */
    static List<Contender> find() {
        List<Architecture> found = new ArrayList<>();
        try {
            ServiceLoader.load(Architecture.class).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw new UsageException("an architecture on the class path cannot be loaded: " + e.getMessage());
        }
        if (found.isEmpty()) {
            throw new UsageException("there is no architecture on the class path, needed is a jar with a provider of "
                    + Architecture.class.getName());
        }
        found.sort(Comparator.comparing(Architecture::name));
        List<Contender> contenders = new ArrayList<>();
        for (Architecture architecture : found) {
            for (String variant : architecture.variants()) {
                Contender contender = new Contender(architecture, variant);
                check(contender, contenders);
                contenders.add(contender);
            }
        }
        return contenders;
    }

    private static void check(Contender contender, List<Contender> others) {
        if (!NAME.matcher(contender.architecture()).matches()
                || !NAME.matcher(contender.variant()).matches()) {
            throw new UsageException("an architecture on the class path is named '" + contender.label()
                    + "', allowed are lower-case letters, digits and hyphens");
        }
        if (others.stream().anyMatch(other -> other.label().equals(contender.label()))) {
            throw new UsageException("two architectures on the class path are named " + contender.label());
        }
    }

    /**
     * Those that {@code --only} names: architectures, with all their variants, or single variants.
     *
     * @throws UsageException if there is no such one
     */
    static List<Contender> select(List<Contender> all, List<String> names) {
        for (String name : names) {
            if (all.stream().noneMatch(contender -> isNamed(contender, name))) {
                throw new UsageException("--only names '" + name + "', allowed are "
                        + String.join(
                                ", ",
                                all.stream()
                                        .flatMap(c -> List.of(c.architecture(), c.label()).stream())
                                        .distinct()
                                        .toList()));
            }
        }
        return all.stream()
                .filter(contender -> names.isEmpty() || names.stream().anyMatch(name -> isNamed(contender, name)))
                .toList();
    }

    private static boolean isNamed(Contender contender, String name) {
        return name.equals(contender.architecture()) || name.equals(contender.label());
    }

    /** The jar or directory that a class was loaded from. */
    static Path codeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has an entry that is no path, for " + type, e);
        }
    }

    /** The class path of a JVM that has these classes. */
    static String classPath(Path first, Class<?>... others) {
        List<String> entries = new ArrayList<>(List.of(first.toString()));
        Arrays.stream(others).map(Contenders::codeOf).map(Path::toString).forEach(entries::add);
        return String.join(":", entries.stream().distinct().toList());
    }
}
