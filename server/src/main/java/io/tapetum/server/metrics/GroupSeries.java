package io.tapetum.server.metrics;

import java.util.List;
import java.util.function.ToLongFunction;

import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.rib.log.LogStatistics;

/** The series of update groups and their logs, in one scrape. */
final class GroupSeries {

    private static final MetricFamily LIVE_RATIO = MetricFamily.gauge("tapetum_group_log_live_ratio",
            "The part of the log's memory that nothing newer has superseded");

    private static final List<Figure> FIGURES = List.of(
            new Figure(MetricFamily.gauge("tapetum_group_members", "Sessions in the update group"),
                    GroupStatus::members),
            figure(MetricFamily.gauge("tapetum_group_prefixes", "Prefixes the group announces at present"),
                    LogStatistics::announced),
            figure(MetricFamily.gauge("tapetum_group_tombstones",
                    "Withdrawn prefixes that a session of the group may still have to learn of"),
                    LogStatistics::tombstones),
            figure(MetricFamily.gauge("tapetum_group_log_bytes", "Memory of the group's log"), LogStatistics::octets),
            figure(MetricFamily.gauge("tapetum_group_segments", "Buffers of the group's log"),
                    LogStatistics::segments),
            figure(MetricFamily.counter("tapetum_group_compactions_total", "Buffers of the group's log rewritten"),
                    LogStatistics::compactions),
            figure(MetricFamily.counter("tapetum_group_appended_bytes_total", "Octets appended to the group's log"),
                    LogStatistics::appended),
            figure(MetricFamily.counter("tapetum_group_messages_total", "Messages appended to the group's log"),
                    LogStatistics::messages),
            figure(MetricFamily.counter("tapetum_group_withheld_routes_total",
                    "Routes not announced to the group, because no message could hold their attributes"),
                    LogStatistics::withheld));

    private record Figure(MetricFamily metric, ToLongFunction<GroupStatus> of) {}

    private record Row(GroupStatus group, SeriesLabels labels) {

        private static Row of(GroupStatus group) {
            return new Row(group, SeriesLabels.of("group", Integer.toString(group.id()), "family",
                    SeriesLabels.word(group.key().family()), "role", SeriesLabels.word(group.key().role())));
        }

        private double liveRatio() {
            LogStatistics log = group.log();
            return log.octets() == 0 ? 1 : (double) log.liveOctets() / log.octets();
        }
    }

    private GroupSeries() {}

    private static Figure figure(MetricFamily metric, ToLongFunction<LogStatistics> of) {
        return new Figure(metric, group -> of.applyAsLong(group.log()));
    }

    /** Writes all of them. */
    static void write(ExpositionText text, List<GroupStatus> groups) {
        List<Row> rows = groups.stream().map(Row::of).toList();
        for (Figure figure : FIGURES) {
            for (Row row : rows) {
                text.add(figure.metric, row.labels, figure.of.applyAsLong(row.group));
            }
        }
        for (Row row : rows) {
            text.add(LIVE_RATIO, row.labels, row.liveRatio());
        }
    }
}
