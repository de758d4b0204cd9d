package fourways.report;

/**
 * Lines for a terminal: cut to its width, in ASCII so that they are readable in any locale and log, and free of whatever data might bring to move the cursor
 * or worse.
 */
final class TerminalTableLines {

    static final int COLUMNS = 120;

    private static final String BOLD = "\u001b[1m";
    private static final String ALARM = "\u001b[1;31m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean ansi;
    private final StringBuilder out = new StringBuilder();

    /** @param ansi whether there may be colors */
    TerminalTableLines(boolean ansi) {
        this.ansi = ansi;
    }

    /** A cell of a set width, the last column of which is left free. */
    static String cut(String text, int width) {
        String ascii = ascii(text);
        String fitting = ascii.length() < width ? ascii : ascii.substring(0, width - 3) + "..";
        return String.format("%-" + width + "s", fitting);
    }

    void title(String title) {
        if (!out.isEmpty()) {
            out.append('\n');
        }
        if (!title.isEmpty()) {
            paint(BOLD, title);
        }
    }

    void line(String line) {
        paint("", line);
    }

    /** A text of any length, indented, in as many lines as it needs. */
    void paragraph(String text) {
        String rest = ascii(text);
        String indent = "  ";
        while (indent.length() + rest.length() > COLUMNS) {
            int width = COLUMNS - indent.length();
            int space = rest.lastIndexOf(' ', width);
            int end = space > width / 2 ? space : width;
            line(indent + rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
            indent = "    ";
        }
        line(indent + rest);
    }

    void alarm(String line) {
        paint(ALARM, line);
    }

    private void paint(String color, String line) {
        String ascii = ascii(line).stripTrailing();
        String fitting = ascii.length() <= COLUMNS ? ascii : ascii.substring(0, COLUMNS - 2) + "..";
        boolean painted = ansi && !color.isEmpty();
        out.append(painted ? color + fitting + PLAIN : fitting).append('\n');
    }

    /** What data brings could move the cursor or worse. */
    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (char character : text.replace('–', '-')
                .replace('µ', 'u')
                .replace(PageWords.GAP, ' ')
                .toCharArray()) {
            ascii.append(character >= ' ' && character <= '~' ? character : '?');
        }
        return ascii.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
