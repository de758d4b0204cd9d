package fourways.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The faults that there are in this JVM: the {@link StandardFault standard} ones, and those on the class path. Looked for once; any thread may ask. */
public final class Faults {

    /** Names become parts of file names and are separated by commas on the command line. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    /** Null until somebody asks. */
    private static @Nullable Map<String, Fault> onClassPath;

    private Faults() {}

    /** Null if there is no such one. */
    public static @Nullable Fault named(String name) {
        return byName().get(name);
    }

    /** The standard ones first, in their order, then the others by name. */
    public static List<String> names() {
        return List.copyOf(byName().keySet());
    }

    /** In the order of {@link #names}. */
    public static List<Fault> all() {
        return List.copyOf(byName().values());
    }

    /** @throws LedgerOpenException if one of those on the class path cannot be used; every later call throws it again */
    private static synchronized Map<String, Fault> byName() {
        Map<String, Fault> found = onClassPath;
        if (found == null) {
            List<Fault> own = new ArrayList<>();
            try {
                // Not by way of the calling thread, which a framework may have given another class loader.
                ServiceLoader.load(Fault.class, Fault.class.getClassLoader()).forEach(own::add);
            } catch (ServiceConfigurationError e) {
                throw new LedgerOpenException("a fault on the class path cannot be loaded: " + e.getMessage(), e);
            }
            found = byName(own);
            onClassPath = found;
        }
        return found;
    }

    /** @throws LedgerOpenException if one has a name that it cannot have */
    static Map<String, Fault> byName(List<Fault> own) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (StandardFault fault : StandardFault.values()) {
            faults.put(fault.faultName(), fault);
        }
        List<Fault> sorted = new ArrayList<>(own);
        sorted.sort(Comparator.comparing(Fault::faultName));
        for (Fault fault : sorted) {
            String name = fault.faultName();
            if (!NAME.matcher(name).matches()) {
                throw new LedgerOpenException(
                        "the fault " + fault.getClass().getName() + " on the class path is named '" + name
                                + "', allowed are 1 to 40 lower-case letters, digits and hyphens");
            }
            Fault other = faults.putIfAbsent(name, fault);
            if (other != null) {
                throw new LedgerOpenException("two faults are named " + name + ": "
                        + other.getClass().getName() + " and "
                        + fault.getClass().getName()
                        + ", allowed is one of each name");
            }
        }
        return Collections.unmodifiableMap(faults);
    }
}
