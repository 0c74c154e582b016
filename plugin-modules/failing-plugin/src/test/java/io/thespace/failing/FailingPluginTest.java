package io.thespace.failing;

import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.contract.PluginContract;

/** As long as nothing makes it fail, it is a plugin like any other. */
class FailingPluginTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new FailingPlugin();
    }
}
