package io.thespace.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * JSON Schemas (draft 2020-12, which OpenAPI 3.1 shares) of the records in one direction: requests or answers. The two
 * differ, even for one record: a request may leave members out and must not invent any; an answer always has all of its
 * members, and may get more in a later version.
 */
final class Schemas {

    /** The direction of the records. */
    enum Direction {
        REQUEST,
        ANSWER
    }

    private record Member(Class<?> type, String name) {}

    private final ObjectMapper mapper;
    private final Direction direction;
    private final Set<String> takenNames;
    private final Set<Member> nullable = new HashSet<>();
    private final Map<ResolvedType, String> names = new HashMap<>();
    private final SchemaBuilder builder;

    /**
     * Schemas for one document.
     *
     * @param mapper the mapper of the records
     * @param takenNames the names of existing components; those added here are included
     */
    Schemas(ObjectMapper mapper, Direction direction, Set<String> takenNames) {
        this.mapper = mapper;
        this.direction = direction;
        this.takenNames = takenNames;
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.EXTRA_OPEN_API_FORMAT_VALUES,
                        Option.FLATTENED_OPTIONALS,
                        Option.INLINE_NULLABLE_SCHEMAS,
                        Option.ENUM_KEYWORD_FOR_SINGLE_VALUES)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        // The platform's providers precede the modules', and the first result is used.
        config.forFields()
                .withCustomDefinitionProvider((field, context) -> field.getAnnotation(JsonRawValue.class) == null
                        ? null
                        : new CustomPropertyDefinition(mapper.createObjectNode()))
                .withPropertyNameOverrideResolver(this::nameOf)
                .withRequiredCheck(this::required)
                .withNullableCheck(this::mayBeNull);
        config.forTypesInGeneral()
                .withPropertySorter((unusedOne, unusedOther) -> 0) // as declared
                .withDefinitionNamingStrategy(new Naming())
                .withCustomDefinitionProvider(this::ownDefinition);
        if (direction == Direction.REQUEST) {
            config.forTypesInGeneral()
                    .withAdditionalPropertiesResolver(
                            (scope, context) -> scope.getType().getErasedType().isRecord()
                                    ? mapper.getNodeFactory().booleanNode(false)
                                    : null);
        }
        config.with(new JacksonModule())
                .with(new JakartaValidationModule(
                        JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                        JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
        this.builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    /**
     * Learns from an answer's example which members may be null: those that are null in it. To be called for all examples
     * before the first {@link #of}.
     */
    void learn(Object example) {
        if (example == null) {
            return;
        }
        if (example instanceof Map<?, ?> map) {
            map.values().forEach(this::learn);
        } else if (example instanceof Iterable<?> items) {
            items.forEach(this::learn);
        } else if (example.getClass().isRecord()) {
            for (BeanPropertyDefinition property : beanOf(example.getClass()).findProperties()) {
                if (property.getAccessor() == null) {
                    continue;
                }
                property.getAccessor().fixAccess(true);
                Object value = property.getAccessor().getValue(example);
                if (value == null) {
                    nullable.add(new Member(example.getClass(), property.getInternalName()));
                } else {
                    learn(value);
                }
            }
        }
    }

    /** The schema of a type, mostly a reference. It is complete only after {@link #definitions}. */
    ObjectNode of(Class<?> type) {
        return builder.createSchemaReference(type);
    }

    /** The components that the references point to, by name. */
    ObjectNode definitions() {
        return definitions("components/schemas");
    }

    /** As {@link #definitions()}, for a document that has them at another path. */
    ObjectNode definitions(String path) {
        ObjectNode definitions = builder.collectDefinitions(path);
        anchorPatterns(definitions);
        return definitions;
    }

    /** Jakarta Validation matches a pattern with the whole text, JSON Schema (6.3.3) with any part of it. */
    private static void anchorPatterns(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("pattern").isTextual()) {
            object.put("pattern", "^(?:" + object.path("pattern").asText() + ")$");
        }
        node.forEach(Schemas::anchorPatterns);
    }

    /** An enum's values as they are written in JSON. */
    static ObjectNode enumeration(ObjectMapper mapper, Class<?> type) {
        ObjectNode schema = mapper.createObjectNode().put("type", "string");
        ArrayNode values = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            values.add(mapper.<JsonNode>valueToTree(constant));
        }
        return schema;
    }

    private CustomDefinition ownDefinition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> erased = type.getErasedType();
        if (erased.isEnum()) {
            return new CustomDefinition(enumeration(mapper, erased), true);
        }
        if (Map.class.isAssignableFrom(erased)) {
            ObjectNode schema = mapper.createObjectNode().put("type", "object");
            ResolvedType value = context.getTypeContext().getTypeParameterFor(type, Map.class, 1);
            if (value != null) {
                schema.set("additionalProperties", context.createDefinitionReference(value));
            }
            return new CustomDefinition(schema, true);
        }
        if (JsonNode.class.isAssignableFrom(erased)) {
            ObjectNode schema = mapper.createObjectNode();
            if (erased == ObjectNode.class) {
                schema.put("type", "object");
            } else if (erased == ArrayNode.class) {
                schema.put("type", "array");
            }
            return new CustomDefinition(schema, true);
        }
        return null;
    }

    private BeanDescription beanOf(Class<?> type) {
        JavaType javaType = mapper.constructType(type);
        return direction == Direction.REQUEST
                ? mapper.getDeserializationConfig().introspect(javaType)
                : mapper.getSerializationConfig().introspect(javaType);
    }

    private String nameOf(FieldScope field) {
        return beanOf(field.getDeclaringType().getErasedType()).findProperties().stream()
                .filter(property -> property.getInternalName().equals(field.getDeclaredName()))
                .map(BeanPropertyDefinition::getName)
                .findFirst()
                .orElse(null);
    }

    private boolean required(FieldScope field) {
        if (direction == Direction.REQUEST) {
            // Beside those that Jakarta Validation wants: Json.MAPPER takes no null for a primitive.
            return field.getType().getErasedType().isPrimitive();
        }
        JsonInclude include = field.getRawMember().getAnnotation(JsonInclude.class);
        if (include == null) {
            include = field.getDeclaringType().getErasedType().getAnnotation(JsonInclude.class);
        }
        return include == null || include.value() == JsonInclude.Include.ALWAYS;
    }

    private Boolean mayBeNull(FieldScope field) {
        if (direction == Direction.REQUEST) {
            return field.getType().isInstanceOf(Optional.class) && !neededWhenGiven(field);
        }
        if (!required(field)) {
            return false;
        }
        Member member = new Member(field.getDeclaringType().getErasedType(), field.getDeclaredName());
        return nullable.contains(member)
                || Stream.concat(
                                Arrays.stream(field.getRawMember().getAnnotations()),
                                Arrays.stream(
                                        field.getRawMember().getAnnotatedType().getAnnotations()))
                        .map(Annotation::annotationType)
                        .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
    }

    /** Whether a member of a merge patch cannot be cleared: {@code Optional<@NotNull …>}. */
    private static boolean neededWhenGiven(FieldScope field) {
        return field.getRawMember().getAnnotatedType() instanceof AnnotatedParameterizedType optional
                && Arrays.stream(optional.getAnnotatedActualTypeArguments())
                        .anyMatch(value ->
                                value.isAnnotationPresent(NotNull.class) || value.isAnnotationPresent(NotBlank.class));
    }

    private String componentName(ResolvedType type) {
        Class<?> erased = type.getErasedType();
        StringBuilder simple = new StringBuilder(erased.getSimpleName());
        for (ResolvedType parameter : type.getTypeParameters()) {
            simple.append(parameter.getErasedType().getSimpleName());
        }
        String packageName = erased.getPackageName();
        String prefix = packageName.substring(packageName.lastIndexOf('.') + 1);
        String suffix = direction == Direction.REQUEST ? "Input" : "";
        return Stream.concat(
                        Stream.of(
                                simple.toString(),
                                simple + suffix,
                                Words.capitalised(prefix) + simple,
                                Words.capitalised(prefix) + simple + suffix),
                        Stream.iterate(2, n -> n + 1).map(n -> simple + suffix + n))
                .filter(takenNames::add)
                .findFirst()
                .orElseThrow();
    }

    /** Simple class names; when two classes share one, the later gets its package's last word in front. */
    private final class Naming implements SchemaDefinitionNamingStrategy {
        @Override
        public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
            return names.computeIfAbsent(key.getType(), Schemas.this::componentName);
        }
    }
}
