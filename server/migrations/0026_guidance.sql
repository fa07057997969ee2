CREATE TABLE "guidance_bookings" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"time_id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"mentor_person_id" uuid NOT NULL,
	"wish_sealed" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"booked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"placed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cancelled_at" timestamp with time zone,
	"cancelled_by" text,
	"cancel_reason_sealed" text,
	CONSTRAINT "guidance_bookings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "guidance_mentors" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"guides_in" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"revision" integer DEFAULT 1 NOT NULL,
	"appointed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"appointed_by" text NOT NULL,
	CONSTRAINT "guidance_mentors_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "guidance_records" (
	"tenant_id" text NOT NULL,
	"booking_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"mentor_person_id" uuid NOT NULL,
	"text_sealed" text NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guidance_records_tenant_id_booking_id_version_pk" PRIMARY KEY("tenant_id","booking_id","version")
);
--> statement-breakpoint
CREATE TABLE "guidance_remarks" (
	"tenant_id" text NOT NULL,
	"booking_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"text_sealed" text NOT NULL,
	CONSTRAINT "guidance_remarks_tenant_id_booking_id_person_id_pk" PRIMARY KEY("tenant_id","booking_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "guidance_steps" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"mentor_person_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"side" text NOT NULL,
	"what_sealed" text NOT NULL,
	"due_on" date,
	"done_on" date,
	CONSTRAINT "guidance_steps_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "guidance_times" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"mentor_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"series_id" uuid NOT NULL,
	"held_on" date NOT NULL,
	"start_minute" integer NOT NULL,
	"end_minute" integer NOT NULL,
	"place" text NOT NULL,
	"link" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "guidance_times_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "guidance_bookings_of_time" ON "guidance_bookings" USING btree ("tenant_id","time_id") WHERE cancelled_at is null;--> statement-breakpoint
CREATE INDEX "guidance_bookings_by_person" ON "guidance_bookings" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "guidance_bookings_by_mentor_person" ON "guidance_bookings" USING btree ("tenant_id","mentor_person_id");--> statement-breakpoint
CREATE INDEX "guidance_bookings_by_mentor" ON "guidance_bookings" USING btree ("tenant_id","mentor_id");--> statement-breakpoint
CREATE INDEX "guidance_mentors_by_path" ON "guidance_mentors" USING btree ("tenant_id","path");--> statement-breakpoint
CREATE INDEX "guidance_mentors_by_person" ON "guidance_mentors" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "guidance_steps_by_booking" ON "guidance_steps" USING btree ("tenant_id","booking_id","seq");--> statement-breakpoint
CREATE INDEX "guidance_steps_by_person" ON "guidance_steps" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "guidance_steps_by_mentor_person" ON "guidance_steps" USING btree ("tenant_id","mentor_person_id");--> statement-breakpoint
CREATE INDEX "guidance_steps_due" ON "guidance_steps" USING btree ("tenant_id","due_on") WHERE done_on is null;--> statement-breakpoint
CREATE INDEX "guidance_times_by_mentor" ON "guidance_times" USING btree ("tenant_id","mentor_id","held_on");--> statement-breakpoint
CREATE INDEX "guidance_times_by_person" ON "guidance_times" USING btree ("tenant_id","person_id","held_on");--> statement-breakpoint
CREATE INDEX "guidance_times_by_series" ON "guidance_times" USING btree ("tenant_id","series_id");