// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.fake;

import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.feature.preview.PreviewViewModel;
import dev.cairn.app.operation.Operations;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.profile.UpgradesModel;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.SectionId;
import dev.cairn.app.task.ManualTasks;
import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The models that sections share, over fakes, with a navigator that remembers where it was sent. */
public final class Models implements Navigator {
    public final ManualTasks tasks = new ManualTasks();
    public final FakeCatalog catalog = FakeCatalog.sample();
    public final FakeProfile actions = new FakeProfile(catalog);
    public final Operations operations = new Operations(tasks, tasks);
    public final ProfileModel profile = new ProfileModel(actions, operations, tasks);
    public final UpgradesModel upgrades = new UpgradesModel(profile, tasks, tasks);
    public final FakeChannels channelActions = new FakeChannels();
    public final ChannelsModel channels = new ChannelsModel(channelActions, operations, tasks);
    public final PreviewViewModel preview = new PreviewViewModel(profile, tasks);
    public final List<Object> visited = new ArrayList<>();

    /** Puts packages into the profile and lets the models find out. */
    public Models with(String... specifications) throws CairnException {
        actions.with(specifications);
        profile.refresh();
        settle();
        return this;
    }

    /** Lets everything happen that is on its way. */
    public void settle() {
        for (int i = 0; i < 4; i++) {
            tasks.runAll();
            tasks.pass(Duration.ofSeconds(1));
        }
        tasks.runAll();
    }

    @Override
    public boolean has(SectionId section) {
        return true;
    }

    @Override
    public void show(SectionId section) {
        visited.add(section);
    }

    @Override
    public void show(Intent intent) {
        visited.add(intent);
    }
}
