/** The tables' rows, as the driver gives them. */
export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly inserted_at: Date;
  readonly updated_at: Date;
}

export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly inserted_at: Date;
  readonly updated_at: Date;
}
