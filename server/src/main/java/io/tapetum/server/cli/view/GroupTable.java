package io.tapetum.server.cli.view;

import java.util.ArrayList;
import java.util.List;

import io.netty.util.NetUtil;

import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.rib.log.LogStatistics;
import io.tapetum.server.admin.Json;

/** Update groups: who shares a log, and what is in it. */
public final class GroupTable {

    private static final List<String> HEAD = List.of("GROUP", "FAMILY", "RECEIVERS", "SESSIONS", "ANNOUNCED",
            "WITHHELD", "LOG", "IN USE", "COMPLETE");
    private static final List<String> WIDE = List.of("GROUP", "FAMILY", "RECEIVERS", "SESSIONS", "ANNOUNCED",
            "WITHHELD", "LOG", "IN USE", "COMPLETE", "WITHDRAWN", "SEGMENTS", "APPENDED", "MESSAGES", "COMPACTIONS",
            "CURSORS", "ITS SESSIONS");

    private GroupTable() {}

    /** Prints a line for each; wide ones also say what the log has done, and what its sessions have in common. */
    public static void print(List<GroupStatus> groups, boolean wide, Screen screen) {
        Columns columns = new Columns(wide ? WIDE : HEAD);
        for (GroupStatus group : groups) {
            List<Cell> row = new ArrayList<>(row(group));
            if (wide) {
                row.addAll(more(group));
            }
            columns.addCells(row);
        }
        columns.print(screen);
        screen.line(Words.count(groups.size(), "update group"));
    }

    private static List<Cell> row(GroupStatus group) {
        LogStatistics log = group.log();
        return List.of(Cell.of(group.id()), Cell.of(Json.word(group.key().family())),
                Cell.of(Json.word(group.key().role())), Cell.of(group.members()), Cell.of(log.announced()),
                new Cell(Long.toString(log.withheld()), log.withheld() == 0 ? Ink.PLAIN : Ink.DOUBTFUL),
                Cell.of(Words.octets(log.octets())), Cell.of(Words.octets(log.liveOctets())),
                new Cell(Words.yes(group.complete()), group.complete() ? Ink.PLAIN : Ink.DOUBTFUL));
    }

    private static List<Cell> more(GroupStatus group) {
        LogStatistics log = group.log();
        return List.of(Cell.of(log.tombstones()), Cell.of(log.segments()), Cell.of(Words.octets(log.appended())),
                Cell.of(log.messages()), Cell.of(log.compactions()), Cell.of(log.cursors()),
                Cell.of(traits(group.key())));
    }

    /** What its sessions have in common, and what makes another group of others. */
    private static String traits(GroupKey key) {
        List<String> traits = new ArrayList<>();
        if (key.clusterId() != 0) {
            traits.add("are in cluster " + NetUtil.intToIpAddress(key.clusterId()));
        }
        if (key.clusterId() != 0 && !key.clientToClient()) {
            traits.add("get no routes of each other");
        }
        if (key.localAs() != 0) {
            traits.add("know AS " + key.localAs());
        }
        if (!key.fourOctetAs()) {
            traits.add("know AS numbers of two octets only");
        }
        traits.add("take messages of " + key.maxMessageLength() + " octets");
        if (key.ipv6NextHops()) {
            traits.add("take IPv6 next hops");
        }
        if (key.addPathSend() > 0) {
            traits.add("get " + Words.count(key.addPathSend(), "path") + " of a prefix");
        }
        if (key.selfNextHop() != null) {
            traits.add("may get next hop " + key.selfNextHop());
        }
        if (key.keepNextHop()) {
            traits.add("get next hops unchanged");
        }
        if (key.sendMed()) {
            traits.add("get the MED");
        }
        if (key.longLived()) {
            traits.add("know stale routes");
        }
        return String.join(", ", traits);
    }
}
