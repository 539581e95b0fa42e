package io.tapetum.interop;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Lab;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.PeerKind;

/**
 * A suite in a lab of its own, with daemons of one kind. Subclasses declare hosts, daemons and reflectors in fields, and
 * start them in a {@link BeforeAll} method; the lab is open from before that until after the last test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SuiteJournal.class)
public abstract class LabSuite {
    /** FRR may wait for two minutes before it connects again, whatever it is told; nothing else is nearly as slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(160);
    private static final Duration POLL = Duration.ofMillis(200);

    private final PeerKind kind;
    private final Lab lab;

    /** Declares a suite, whose logs go to a folder with its name. */
    protected LabSuite(PeerKind kind) {
        this.kind = kind;
        this.lab = new Lab(getClass().getSimpleName() + "-" + kind.name());
    }

    /** Its name in the summary. */
    final String title() {
        return getClass().getSimpleName().replaceAll("IT$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** What its daemons are. */
    public final PeerKind kind() {
        return kind;
    }

    @BeforeAll
    public final void openLab() {
        Optional<String> obstacle = Lab.obstacle();
        need(obstacle.isEmpty(), obstacle.orElse(""));
        need(kind.available(), kind + " is not here: ./verify fetches it");
        need(Toolbox.find("tshark", "tshark").isPresent(), "tshark is not here: ./verify fetches it");
        need(Reflector.available(), "there is no ./tapetum, or nothing built for it to start");
        lab.open();
    }

    @AfterAll
    public final void closeLab() {
        lab.close();
    }

    /** A host with the addresses 10.77.0.NUMBER and fd77::NUMBER. */
    protected final Host host(String name, int number) {
        return lab.host(name, number);
    }

    /** Waits for assertions to hold. */
    protected static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).untilAsserted(assertions);
    }

    /** Sees that assertions hold for two seconds: long enough for a mistake to arrive on a network without delay. */
    protected static void staysSo(ThrowingRunnable assertions) {
        staysSo(Duration.ofSeconds(2), assertions);
    }

    /** Sees that assertions hold for a time. */
    protected static void staysSo(Duration time, ThrowingRunnable assertions) {
        await().during(time).atMost(time.plusSeconds(8)).pollDelay(Duration.ZERO).pollInterval(POLL)
                .untilAsserted(assertions);
    }

    /** Gives the test or suite up with a reason; where nobody reads reasons, in CI, it fails. */
    protected static void need(boolean condition, String reason) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(condition, reason);
        }
        Assumptions.assumeTrue(condition, reason);
    }
}
