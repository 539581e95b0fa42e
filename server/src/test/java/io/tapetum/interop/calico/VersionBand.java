package io.tapetum.interop.calico;

/** Versions of Calico whose nodes configure BIRD alike. Each band ends where the next one begins. */
enum VersionBand {
    UP_TO_3_2, FROM_3_4, FROM_3_16, FROM_3_23, FROM_3_32;

    /** LOCAL_PREF of a route with Calico's usual priority, in the versions that announce priorities. */
    static final long NORMAL_PRIORITY = 2_147_482_623L;

    /** LOCAL_PREF of a route to a virtual machine that is moving here. */
    static final long ELEVATED_PRIORITY = 2_147_483_135L;

    /** Without a LOCAL_PREF of their own, routes get BIRD's default. */
    static final long NO_PRIORITY = 100;

    /** LOCAL_PREF of whatever a node announces without being told otherwise. */
    long localPref() {
        return this == FROM_3_32 ? NORMAL_PRIORITY : NO_PRIORITY;
    }

    boolean replacesNextHops() {
        return this == UP_TO_3_2;
    }

    /** Whether a failed connection is tried again within seconds. */
    boolean retriesSoon() {
        return this != UP_TO_3_2;
    }

    /** Whether a BGPConfiguration may add communities to what is announced. */
    boolean addsCommunities() {
        return compareTo(FROM_3_16) >= 0;
    }

    /** Whether of two nodes in a mesh the one with the lower address waits. */
    boolean waitsInMesh() {
        return this != UP_TO_3_2;
    }

    /** Whether routes are filtered on their way in. */
    boolean filtersImports() {
        return compareTo(FROM_3_23) >= 0;
    }

    /** Whether LOCAL_PREF stands for a priority, in routes sent and received. */
    boolean hasPriorities() {
        return this == FROM_3_32;
    }
}
