package io.tapetum.server.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Where the standard output of this process goes. */
final class ProcessTerminal implements Terminal {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");
    private static final int LONGEST_SIZE = 64;

    /** Java's console is one only if standard input is a terminal, too; Linux says where standard output goes. */
    @Override
    public boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return isConsole();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // From JDK 25 on it may be null again: without a terminal, it is.
    private static boolean isConsole() {
        @Nullable
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** {@code stty} knows what Java has no call for; it asks about its standard input. */
    @Override
    public Size size() {
        try {
            Process process = new ProcessBuilder("stty", "size").redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream answer = process.getInputStream()) {
                String text = new String(answer.readNBytes(LONGEST_SIZE), StandardCharsets.US_ASCII);
                return process.waitFor(1, TimeUnit.SECONDS) ? parse(text) : Size.USUAL;
            }
        } catch (IOException _) {
            return Size.USUAL;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Size.USUAL;
        }
    }

    private static Size parse(String text) {
        Matcher numbers = SIZE.matcher(text);
        if (!numbers.matches()) {
            return Size.USUAL;
        }
        int rows = Integer.parseInt(numbers.group(1));
        int columns = Integer.parseInt(numbers.group(2));
        // A terminal that does not know says 0 0.
        return rows == 0 || columns == 0 ? Size.USUAL : new Size(rows, columns);
    }

    @Override
    public boolean unicode() {
        return Charset.forName(System.getProperty("stdout.encoding", "US-ASCII")).equals(StandardCharsets.UTF_8);
    }

    /** What is written to a pipe without a reader fails, and Java only tells those who ask. */
    @Override
    public boolean isGone() {
        return System.out.checkError();
    }
}
