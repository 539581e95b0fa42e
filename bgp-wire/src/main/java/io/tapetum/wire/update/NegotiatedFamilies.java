package io.tapetum.wire.update;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.attribute.AttributeErrors;
import io.tapetum.wire.attribute.AttributeType;

/** Which routes count on a session, and which others were already complained about. */
final class NegotiatedFamilies {

    /** How many families that were not negotiated are remembered as reported; beyond, they are ignored silently. */
    private static final int MAX_REPORTED = 64;

    private final Set<Family> families;
    private final Set<Long> reported = new HashSet<>();

    NegotiatedFamilies(Set<Family> families) {
        this.families = families;
    }

    boolean contains(Family family) {
        return families.contains(family);
    }

    /** Whether a family that cannot be used any longer leaves others that can. */
    boolean areSeveral() {
        return families.size() > 1;
    }

    /**
     * The family of AFI and SAFI if it was negotiated, else {@code null}: nobody asked for such routes, and ignoring them
     * harms nobody. That is reported once in a session, not with every UPDATE.
     *
     * @param type of the attribute that names the family, or {@link AttributeError#NO_ATTRIBUTE}
     */
    @Nullable
    Family find(int type, int afi, int safi, AttributeErrors errors) {
        Family family = Family.of(afi, safi);
        if (family != null && families.contains(family)) {
            return family;
        }
        long key = (long) type << 32 | (long) afi << 8 | safi;
        if (reported.size() < MAX_REPORTED && reported.add(key)) {
            String place = type == AttributeError.NO_ATTRIBUTE ? "message" : AttributeType.name(type);
            errors.discard(type, place + ": routes of AFI " + afi + " SAFI " + safi
                    + ", expected only the negotiated families " + families + "; ignored from now on");
        }
        return null;
    }
}
