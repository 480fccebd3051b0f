// Reads a calendar from standard input and writes what it says as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const person = (property) => property && [property.getFirstValue(), property.getParameter("cn")];
const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    method: calendar.getFirstPropertyValue("method") || "",
    uid: event.uid,
    starts_at: event.startDate.toJSDate().toISOString(),
    ends_at: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    description: event.description,
    location: event.location,
    url: component.getFirstPropertyValue("url"),
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
    organizer: person(component.getFirstProperty("organizer")),
    attendee: person(component.getFirstProperty("attendee")),
  };
});
process.stdout.write(JSON.stringify(entries));
