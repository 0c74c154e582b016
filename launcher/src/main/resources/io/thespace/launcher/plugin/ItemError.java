package {{package}};

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of the plugin. */
public enum ItemError implements ErrorCode {
    NAME_TAKEN(Kind.CONFLICT, "There is an item with this name already.");

    private final Kind kind;
    private final String summary;

    ItemError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }
}
