package {{package}};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.contract.PluginContract;
import org.junit.jupiter.api.Test;

/** The contract that every plugin keeps, and what is this plugin's own. */
class {{Type}}Test extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new {{Type}}();
    }

    @Test
    void anItemIsReadByItsOrganizationAndByNoOther() {
        Actor alice = stage().member(Role.USER);
        ItemView added = stage().call(alice, "POST /items", new ItemOrder("First")).as(ItemView.class);

        Actor bob = stage().colleague(alice, Role.USER);
        assertThat(stage().call(bob, "GET /items").items(ItemView.class)).containsExactly(added);
        Actor stranger = stage().member(Role.ADMIN);
        assertThat(stage().call(stranger, "GET /items").items(ItemView.class)).isEmpty();
        assertThat(stage().events()).anySatisfy(event -> assertThat(event.data())
                .isEqualTo(new ItemAdded(added.id(), "First")));
    }

    @Test
    void aNameIsTakenOnce() {
        Actor alice = stage().member(Role.USER);
        ItemOrder order = new ItemOrder("First");
        stage().call(alice, "POST /items", order);

        assertThatThrownBy(() -> stage().call(alice, "POST /items", order))
                .isInstanceOfSatisfying(
                        Rejection.class, refusal -> assertThat(refusal.code()).isEqualTo(ItemError.NAME_TAKEN));
    }
}
