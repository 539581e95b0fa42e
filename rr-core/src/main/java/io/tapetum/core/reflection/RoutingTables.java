package io.tapetum.core.reflection;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.AttributeTable;
import io.tapetum.wire.Family;

/** What all sessions of a reflector share: for each family the Adj-RIB-In and the update groups, and the attributes. */
public final class RoutingTables {

    /** Far more stripes than cores, so that two event loops seldom want the same one. */
    private static final int STRIPES = 64;

    private final AttributeTable attributes = new AttributeTable();
    private final Map<Family, AdjRibIn> adjRibsIn = new EnumMap<>(Family.class);
    private final Map<Family, UpdateGroups> groups = new EnumMap<>(Family.class);

    public RoutingTables() {
        AtomicInteger groupIds = new AtomicInteger();
        for (Family family : Family.values()) {
            AdjRibIn table = new AdjRibIn(family, STRIPES);
            adjRibsIn.put(family, table);
            groups.put(family, new UpdateGroups(table, groupIds::incrementAndGet));
        }
    }

    public AttributeTable attributes() {
        return attributes;
    }

    public AdjRibIn adjRibIn(Family family) {
        return require(adjRibsIn.get(family));
    }

    public UpdateGroups groups(Family family) {
        return require(groups.get(family));
    }

    /** Every update group of every family as it is now. */
    public List<GroupStatus> groups() {
        return groups.values().stream().flatMap(ofFamily -> ofFamily.status().stream()).toList();
    }

    private static <T> T require(@Nullable T table) {
        if (table == null) {
            throw new AssertionError("every family has a table");
        }
        return table;
    }
}
