package fourways.report;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program behind {@code ./compare}. Exit status: 0 all trials valid; 1 a trial invalid or failed, or the results could not be written; 2 wrong usage;
 * 130 interrupted.
 */
final class Main {

    static final int VALID = 0;
    static final int INVALID = 1;
    static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CompareCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(
                        (e, arguments) -> refuse(e.getCommandLine().getErr(), explain(e)))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof UsageException) {
                        return refuse(line.getErr(), String.valueOf(e.getMessage()));
                    } else if (e instanceof IOException) {
                        line.getErr().println("compare: the results cannot be written: " + e);
                        return INVALID;
                    }
                    throw e;
                });
    }

    static int refuse(PrintWriter err, String sentence) {
        err.println("compare: " + sentence + ".");
        return WRONG_USAGE;
    }

    private static String explain(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return "'" + unmatched.getUnmatched().getFirst() + "' is not known here, allowed are "
                    + allowed(e.getCommandLine());
        } else if (e instanceof MissingParameterException missing
                && missing.getMissing().getFirst() instanceof OptionSpec option) {
            return option.longestName() + " needs a value: " + option.paramLabel();
        } else if (e.getArgSpec() instanceof OptionSpec option && e.getValue() != null) {
            return option.longestName() + " is '" + e.getValue() + "', allowed is one " + option.paramLabel();
        }
        return String.valueOf(e.getMessage());
    }

    private static String allowed(CommandLine command) {
        StringBuilder names = new StringBuilder();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.append(names.isEmpty() ? "" : ", ").append(option.longestName());
        }
        command.getSubcommands().keySet().forEach(name -> names.append(", ").append(name));
        return names.toString();
    }
}
