package io.tapetum.server.cli;

import java.io.PrintWriter;

/**
 * A terminal that is painted over again and again, and afterwards is as it was: what is shown is on xterm's second screen.
 * Callable by any thread, because whoever ends the process closes it while somebody else shows something.
 */
final class FullScreen implements AutoCloseable {

    private static final String ESCAPE = "\u001b[";

    /** The second screen, no cursor, and lines that are too long end at the edge. */
    private static final String OPEN = ESCAPE + "?1049h" + ESCAPE + "?25l" + ESCAPE + "?7l";
    private static final String CLOSE = ESCAPE + "?7h" + ESCAPE + "?25h" + ESCAPE + "?1049l";
    private static final String TOP_LEFT = ESCAPE + "H";
    private static final String REST_OF_LINE = ESCAPE + "K";
    private static final String REST_OF_SCREEN = ESCAPE + "J";

    private final PrintWriter out;

    /** Guarded by this object's monitor: nothing is shown after the end. */
    private boolean closed;

    private FullScreen(PrintWriter out) {
        this.out = out;
    }

    static FullScreen open(PrintWriter out) {
        out.print(OPEN);
        out.flush();
        return new FullScreen(out);
    }

    /** Shows this instead of what there was, without a moment in which there is nothing. */
    synchronized void show(String frame) {
        if (closed) {
            return;
        }
        out.print(TOP_LEFT);
        // A line break after the last line would scroll, if that is the last of the screen.
        out.print(String.join(REST_OF_LINE + "\n", frame.lines().toList()));
        out.print(REST_OF_LINE + REST_OF_SCREEN);
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            out.print(CLOSE);
            out.flush();
        }
    }
}
