import type { AttributeDefault, AttributeType, ValueGenerator } from "./attribute-type.js";
import { freezeDeep } from "./freeze.js";

/** What the type level remembers of an attribute's options. */
export type AttributeFlag = "required" | "primaryKey" | "default" | "private" | "readOnly";

/** What a generator says of inputs: a value that nobody may give is read-only. */
export type GeneratedFlag<By extends ValueGenerator> =
  "default" | ("alwaysIdentity" extends By ? "readOnly" : never);

/** Everything an attribute was told, before it knows its name. */
export interface AttributeOptions {
  readonly type: AttributeType;
  readonly required: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly private: boolean;
  readonly readOnly: boolean;
  readonly sensitive: boolean;
  readonly updatedAutomatically: boolean;
  readonly column?: string;
  readonly renamedFrom?: string;
  readonly generatedAs?: string;
  readonly virtual?: true;
  readonly default?: AttributeDefault;
  readonly description?: string;
}

/** How an input takes an attribute. */
export type InputWay = "required" | "optional" | "refused";

/** What an attribute means to records and inputs; read by the type checker alone. */
export interface AttributeTypes<out Value, Flag extends AttributeFlag> {
  readonly value: Value;
  readonly flag: Flag;
  /** What a record holds. */
  readonly record: "required" extends Flag ? Value : Value | null;
  /** How a create takes it. */
  readonly create: "private" extends Flag
    ? "refused"
    : "readOnly" extends Flag
      ? "refused"
      : "default" extends Flag
        ? "optional"
        : "required" extends Flag
          ? "required"
          : "optional";
  /** How a create takes it whose action names it. */
  readonly accepted: "default" extends Flag ? "optional" : "required" extends Flag ? "required" : "optional";
  /** Is it part of the primary key? */
  readonly key: "primaryKey" extends Flag ? true : false;
  /** How an update takes it: a primary key stays what it is. */
  readonly update: "private" extends Flag
    ? "refused"
    : "readOnly" extends Flag
      ? "refused"
      : "primaryKey" extends Flag
        ? "refused"
        : "optional";
}

/** Any attribute, whatever it holds. */
export interface AnyAttribute {
  readonly $type: {
    readonly value: unknown;
    readonly flag: AttributeFlag;
    readonly record: unknown;
    readonly create: InputWay;
    readonly accepted: InputWay;
    readonly key: boolean;
    readonly update: InputWay;
  };
  readonly options: AttributeOptions;
}

/**
 * An attribute under declaration. Every method gives a new, frozen attribute; the type keeps what it holds and
 * which options the inputs and records depend on.
 *
 * @example
 * string().required().unique(); // Attribute<string, "required">
 */
export class Attribute<out Value, Flag extends AttributeFlag = never> {
  /** Only for the type checker; there is no such value. */
  declare readonly $type: AttributeTypes<Value, Flag>;
  readonly options: AttributeOptions;

  constructor(options: AttributeOptions) {
    this.options = Object.freeze(options);
    Object.freeze(this);
  }

  /** Never null. In the database: NOT NULL. */
  required(): Attribute<Value, Flag | "required"> {
    return new Attribute({ ...this.options, required: true });
  }

  /** Part of the primary key, in the order of declaration; never null. */
  primaryKey(): Attribute<Value, Flag | "primaryKey" | "required"> {
    return new Attribute({ ...this.options, primaryKey: true, required: true });
  }

  /** No two rows hold the same value: a unique index. */
  unique(): Attribute<Value, Flag> {
    return new Attribute({ ...this.options, unique: true });
  }

  /** Indexed for look-ups. */
  index(): Attribute<Value, Flag> {
    return new Attribute({ ...this.options, index: true });
  }

  /** Not accepted by the default actions; an action of your own may accept it by name. */
  private(): Attribute<Value, Flag | "private"> {
    return new Attribute({ ...this.options, private: true });
  }

  /** Shown, but not accepted by the default actions. */
  readOnly(): Attribute<Value, Flag | "readOnly"> {
    return new Attribute({ ...this.options, readOnly: true });
  }

  /** Its value never stands in an error or a log. */
  sensitive(): Attribute<Value, Flag> {
    return new Attribute({ ...this.options, sensitive: true });
  }

  /**
   * The value when none is given: a literal, which the database knows too, or a function that runs in the application.
   *
   * @example
   * boolean().required().default(false);
   * datetime().default(() => new Date());
   */
  default(value: Value | (() => Value)): Attribute<Value, Flag | "default"> {
    // No type of attribute has functions for values, so a function makes them.
    const given: AttributeDefault =
      typeof value === "function"
        ? { kind: "function", create: value as () => unknown }
        : { kind: "value", value: freezeDeep(value) };
    return new Attribute({ ...this.options, default: Object.freeze(given) });
  }

  /**
   * The value when none is given, made by the database or by ashlar.
   *
   * @example
   * datetime().required().generated("now");
   * uuid().required().generated("uuidV7");
   * bigint().primaryKey().generated("alwaysIdentity"); // read-only: no value of anybody's is taken
   */
  generated<By extends ValueGenerator>(by: By): Attribute<Value, Flag | GeneratedFlag<By>> {
    const readOnly = this.options.readOnly || by === "alwaysIdentity";
    return new Attribute({ ...this.options, readOnly, default: Object.freeze({ kind: "generated", by }) });
  }

  /**
   * The value when none is given, worked out by the database: an expression in SQL.
   *
   * @example
   * datetime().required().defaultSql("now() + interval '1 day'");
   */
  defaultSql(sql: string): Attribute<Value, Flag | "default"> {
    return new Attribute({ ...this.options, default: Object.freeze({ kind: "sql", sql }) });
  }

  /**
   * Worked out by the database from other columns of the same row: an expression in SQL, which names columns. Nobody
   * writes it.
   *
   * @param mode `stored` with the row, which is the default, or `virtual`: worked out whenever it is read (SQLite, and
   * PostgreSQL from 18 on)
   * @example
   * decimal(12, 2).generatedAs("price * quantity");
   * text().generatedAs("lower(email)", { mode: "virtual" });
   */
  generatedAs(
    sql: string,
    { mode = "stored" }: { readonly mode?: "stored" | "virtual" } = {},
  ): Attribute<Value, Flag | "default" | "readOnly"> {
    const { virtual: _, ...options } = this.options;
    const generation = { generatedAs: sql, ...(mode === "virtual" && { virtual: true as const }) };
    return new Attribute({ ...options, ...generation, readOnly: true });
  }

  /** Made anew at every update, by the same generator or function that makes the first value. */
  updatedAutomatically(): Attribute<Value, Flag> {
    return new Attribute({ ...this.options, updatedAutomatically: true });
  }

  /** The column's name where it is not the attribute's in snake_case. */
  column(name: string): Attribute<Value, Flag> {
    return new Attribute({ ...this.options, column: name });
  }

  /** What the column was called before: the next migration renames it. */
  renamedFrom(column: string): Attribute<Value, Flag> {
    return new Attribute({ ...this.options, renamedFrom: column });
  }

  /**
   * The column's type where it is not the one that ashlar would choose: SQL, written as it is. Behind `array()` it is the
   * type of the whole list, before it that of its items.
   *
   * @example
   * text().required().databaseType("citext");
   */
  databaseType(sql: string): Attribute<Value, Flag> {
    return new Attribute({
      ...this.options,
      type: Object.freeze({ ...this.options.type, databaseType: sql }),
    });
  }

  /** One sentence for people; in the database a comment on the column. */
  description(text: string): Attribute<Value, Flag> {
    return new Attribute({ ...this.options, description: text });
  }

  /** A list of such values. */
  array(): Attribute<Value[], Flag> {
    return new Attribute({ ...this.options, type: Object.freeze({ kind: "array", of: this.options.type }) });
  }
}
