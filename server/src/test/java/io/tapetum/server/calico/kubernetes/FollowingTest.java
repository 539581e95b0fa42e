package io.tapetum.server.calico.kubernetes;

import java.io.IOException;

/** {@link FollowingSuite} with the API server of the tests. */
class FollowingTest extends FollowingSuite {

    @Override
    Cluster cluster() throws IOException {
        return new FakeCluster(CalicoApi.CRD_V1);
    }
}
