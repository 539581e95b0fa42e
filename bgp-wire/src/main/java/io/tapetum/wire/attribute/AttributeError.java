package io.tapetum.wire.attribute;

/**
 * One thing that is wrong with an UPDATE and does not end the session.
 *
 * @param type code of the attribute, 0 to 255; {@link #NO_ATTRIBUTE} for the message's own fields
 * @param outcome what RFC 7606 §2 does about it
 * @param text the offending value and what was expected
 */
public record AttributeError(int type, Outcome outcome, String text) {

    /** In the place of a type: the error belongs to no attribute. */
    public static final int NO_ATTRIBUTE = 0;

    /** The approaches of RFC 7606 §2 other than session reset, the weaker before the stronger. */
    public enum Outcome {
        /** The attribute is taken out and the UPDATE counts without it. */
        ATTRIBUTE_DISCARD,
        /** All routes of the UPDATE count as withdrawn. */
        TREAT_AS_WITHDRAW,
        /** All routes of the family go, and no more are taken on this session: "AFI/SAFI disable". */
        FAMILY_DISABLE
    }
}
