package io.tapetum.wire.attribute;

/** Finds the one shared object for equal attributes. Called only when attributes differ from those before them. */
@FunctionalInterface
public interface AttributeInterner {

    /** The shared attributes that the candidate is; made of it if there were none. */
    PathAttributes intern(AttributeCandidate candidate);
}
