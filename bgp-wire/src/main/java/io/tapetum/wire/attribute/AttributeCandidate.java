package io.tapetum.wire.attribute;

/**
 * Attributes of a route that somebody may have already: enough to find them by, and to make them if nobody has. Those of
 * a parser change with its next UPDATE.
 */
public sealed interface AttributeCandidate permits PathAttributes, CanonicalBlock {

    /** What {@link PathAttributes#hashCode} of these attributes is. */
    int hash();

    /** Whether these are the candidate's attributes. */
    boolean is(PathAttributes attributes);

    /** The attributes as an object, a new one unless the candidate is one. */
    PathAttributes make();
}
