package io.tapetum.server.metrics;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.session.RestartProgress;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.TableStatus;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.wire.Family;

/** What is said of the reflector as a whole: its tables, its delays, its start and its datastore; in one scrape. */
final class ReflectorSeries {

    private static final MetricFamily PREFIXES = MetricFamily.gauge("tapetum_rib_prefixes",
            "Prefixes that have a path");
    private static final MetricFamily PATHS = MetricFamily.gauge("tapetum_rib_paths", "Paths of all peers");
    private static final MetricFamily ATTRIBUTE_SETS = MetricFamily.gauge("tapetum_rib_attribute_sets",
            "Different sets of path attributes that are remembered");

    private static final MetricFamily CONVERGENCE = MetricFamily.histogram("tapetum_convergence_seconds",
            "From the receipt of a change until the kernel has taken it for each session that keeps up, and for the last");
    private static final MetricFamily DECISION = MetricFamily.histogram("tapetum_decision_seconds",
            "From the receipt of an UPDATE until what it changed is in every log");
    private static final MetricFamily FLUSH = MetricFamily.histogram("tapetum_flush_seconds",
            "From the append that woke an event loop until the loop has sent it to its sessions");
    private static final MetricFamily LOOP_DELAY = MetricFamily.histogram("tapetum_loop_delay_seconds",
            "How late a task ran that an event loop was asked to run at a time");
    private static final MetricFamily SILENCE = MetricFamily.gauge("tapetum_loop_silence_seconds",
            "For how long the event loop that was heard of least recently has not been heard of");

    private static final MetricFamily DATASTORE_UP = MetricFamily.gauge("tapetum_datastore_up",
            "Whether changes of the datastore arrive as they happen (1) or not (0)");
    private static final MetricFamily DATASTORE_AGE = MetricFamily.gauge("tapetum_datastore_sync_age_seconds",
            "For how long the datastore has been syncing, lost or frozen; 0 while its changes arrive as they happen");
    private static final MetricFamily DATASTORE_PROBLEMS = MetricFamily.gauge("tapetum_datastore_problems",
            "Objects of the datastore that could not be used");

    private static final MetricFamily DEFERRAL = MetricFamily.gauge("tapetum_restart_deferral_left_seconds",
            "How long peers are still waited for at most after the start (RFC 4724); 0 when that is over");
    private static final MetricFamily DEFERRAL_PEERS = MetricFamily.gauge("tapetum_restart_deferral_waiting_peers",
            "How many peers are still waited for after the start (RFC 4724); 0 when that is over");

    private static final SeriesLabels TO_EACH = SeriesLabels.of("to", "each");
    private static final SeriesLabels TO_LAST = SeriesLabels.of("to", "last");

    private ReflectorSeries() {}

    /** Writes all of them. */
    static void write(ExpositionText text, RunningReflector reflector) {
        tables(text, reflector.tables());
        delays(text, reflector.delays());
        text.add(SILENCE, SeriesLabels.NONE, reflector.silence());
        sources(text, reflector.sources());
        restart(text, reflector.status().restart());
    }

    private static void tables(ExpositionText text, TableStatus tables) {
        for (Family family : Family.values()) {
            text.add(PREFIXES, EnumLabels.FAMILY.of(family), size(tables, family).prefixes());
        }
        for (Family family : Family.values()) {
            text.add(PATHS, EnumLabels.FAMILY.of(family), size(tables, family).paths());
        }
        text.add(ATTRIBUTE_SETS, SeriesLabels.NONE, tables.attributeSets());
    }

    private static TableStatus.Size size(TableStatus tables, Family family) {
        return tables.families().getOrDefault(family, new TableStatus.Size(0, 0));
    }

    private static void delays(ExpositionText text, Delays delays) {
        text.add(CONVERGENCE, TO_EACH, delays.toEach());
        text.add(CONVERGENCE, TO_LAST, delays.toLast());
        text.add(DECISION, SeriesLabels.NONE, delays.decision());
        text.add(FLUSH, SeriesLabels.NONE, delays.flush());
        text.add(LOOP_DELAY, SeriesLabels.NONE, delays.loop());
    }

    private static void sources(ExpositionText text, List<SourceStatus> sources) {
        for (SourceStatus source : sources) {
            text.add(DATASTORE_UP, labels(source), isLive(source) ? 1 : 0);
        }
        for (SourceStatus source : sources) {
            text.add(DATASTORE_AGE, labels(source), isLive(source) ? Duration.ZERO : source.sinceState());
        }
        for (SourceStatus source : sources) {
            text.add(DATASTORE_PROBLEMS, labels(source), source.problems().size());
        }
    }

    private static SeriesLabels labels(SourceStatus source) {
        return SeriesLabels.of("source", source.name());
    }

    private static boolean isLive(SourceStatus source) {
        return source.state() == SourceStatus.State.LIVE;
    }

    private static void restart(ExpositionText text, @Nullable RestartProgress restart) {
        text.add(DEFERRAL, SeriesLabels.NONE, restart == null ? Duration.ZERO : restart.left());
        text.add(DEFERRAL_PEERS, SeriesLabels.NONE, restart == null ? 0 : restart.waitingFor());
    }
}
