package {{package}};

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** An item to be added. */
public record ItemOrder(@NotBlank @Size(max = 200) String name) {}
