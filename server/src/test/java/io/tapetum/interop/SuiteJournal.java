package io.tapetum.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Writes down what became of each test, for the summary of {@code ./verify}.
 *
 * <p>A line is {@code passed|failed|not-run}, the suite, the daemon and a reason, with tabs between them. A suite that
 * could not even begin has one line.
 */
final class SuiteJournal implements TestWatcher, LifecycleMethodExecutionExceptionHandler {
    private static final Path FILE = Path.of("target", "interop", "suites.tsv");

    @Override
    public void testSuccessful(ExtensionContext context) {
        write("passed", context, null);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        write("failed", context, cause);
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        write("not-run", context, cause);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        write("not-run", context, new TestAbortedException(reason.orElse("disabled")));
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable cause) throws Throwable {
        write(cause instanceof TestAbortedException ? "not-run" : "failed", context, cause);
        throw cause;
    }

    private static synchronized void write(String outcome, ExtensionContext context, @Nullable Throwable cause) {
        LabSuite suite = (LabSuite) context.getRequiredTestInstance();
        String reason = cause == null || cause.getMessage() == null
                ? ""
                : cause.getMessage().lines().findFirst()
                        .orElse("").replace('\t', ' ');
        // Suites take minutes: whoever waits for them sees them go on.
        System.out.printf("%s: %s with %s: %s%n", outcome, suite.title(), suite.kind(), context.getDisplayName());
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, String.join("\t", outcome, suite.title(), suite.kind().toString(), reason) + "\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
