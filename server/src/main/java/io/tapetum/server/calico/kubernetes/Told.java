package io.tapetum.server.calico.kubernetes;

import java.util.List;

/** Who is told of objects at an API server, by the thread that follows them. */
interface Told<T> {

    /** All that there are, in place of whatever was told before. */
    void replaced(List<T> all);

    /** The cluster does not know such objects. */
    void absent();

    /** One is new, or changed. */
    void changed(T object);

    void removed(String name);

    /**
     * They could not be read or followed; called at every failed try.
     *
     * @param reason why, and what to do about it
     * @param refused whether the server does not permit it
     */
    void lost(String reason, boolean refused);

    /** All there is was told, and changes are waited for. */
    void followed();
}
