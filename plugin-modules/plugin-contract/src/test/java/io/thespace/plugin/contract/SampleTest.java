package io.thespace.plugin.contract;

import io.thespace.plugin.api.Plugin;

/** A good plugin passes the whole contract. */
class SampleTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new PluginContractTest.Sample();
    }
}
