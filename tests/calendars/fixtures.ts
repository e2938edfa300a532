/** What a calendar program answers to one entry. */
export interface Answered {
  uid: string;
  attendee: string;
  organizer: string;
  sequence: number;
  /** As it stands in the file: `20261124T080000Z`. */
  stamp: string;
  partstat?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED';
  from?: string;
  messageId?: string;
  comment?: string;
}

let n = 0;
const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n');
const headers = (of: Answered, subject: string, more: string[]) =>
  [
    `From: ${of.from ?? of.attendee}`,
    `To: ${of.organizer}`,
    `Subject: ${subject}`,
    `Message-ID: ${of.messageId ?? `<reply-${++n}@mail.example.org>`}`,
    'Date: Tue, 24 Nov 2026 09:00:00 +0100',
    'MIME-Version: 1.0',
    ...more,
  ].join('\n');

/** As Google Calendar answers: folded lines, three parts, its own address in Sender. */
export function googleReply(of: Answered): Buffer {
  const calendar = `BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20270526T070000Z
DTEND:20270529T160000Z
DTSTAMP:${of.stamp}
ORGANIZER;CN=Convivium:mailto:${of.organizer}
UID:${of.uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${of.partstat ?? 'ACCEPTED'};CN=So
 mebody;X-NUM-GUESTS=0:mailto:${of.attendee}
${of.comment ? `COMMENT:${of.comment}\n` : ''}CREATED:20261119T083000Z
DESCRIPTION:
LAST-MODIFIED:${of.stamp}
LOCATION:Conference Hall
SEQUENCE:${of.sequence}
STATUS:CONFIRMED
SUMMARY:Congress
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
`;
  return Buffer.from(
    crlf(`${headers(of, 'Accepted: Congress', ['Sender: Google Calendar <calendar-notification@google.com>', 'Content-Type: multipart/mixed; boundary="g0"'])}

--g0
Content-Type: multipart/alternative; boundary="g1"

--g1
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes

Somebody has accepted this invitation.
--g1
Content-Type: text/html; charset="UTF-8"

<p>Somebody has accepted this invitation.</p>
--g1
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

${calendar}
--g1--
--g0
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

${Buffer.from(crlf(calendar)).toString('base64')}
--g0--
`),
  );
}

/** As Outlook and Exchange answer: base64, MAILTO in capitals, and without an ORGANIZER where Exchange has taken it out. */
export function outlookReply(of: Answered, { organizer = false } = {}): Buffer {
  const calendar = `BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
${organizer ? `ORGANIZER;CN=Convivium:MAILTO:${of.organizer}\n` : ''}ATTENDEE;PARTSTAT=${of.partstat ?? 'ACCEPTED'};CN="Somebody; of a city":MAILTO:${of.attendee.toUpperCase()}
COMMENT;LANGUAGE=en-US:${of.comment ?? '\\n'}
UID:${of.uid}
SUMMARY;LANGUAGE=en-US:Accepted: Congress
DTSTART;TZID=Romance Standard Time:20270526T090000
DTEND;TZID=Romance Standard Time:20270529T180000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:${of.stamp}
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:${of.sequence}
X-MICROSOFT-CDO-APPT-SEQUENCE:${of.sequence}
END:VEVENT
END:VCALENDAR
`;
  return Buffer.from(
    crlf(`${headers(of, 'Accepted: Congress', ['Content-Type: multipart/alternative; boundary="_000_"', 'X-MS-Has-Attach:'])}

--_000_
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

=20
--_000_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

${Buffer.from(crlf(calendar)).toString('base64').replace(/.{76}/g, '$&\n')}
--_000_--
`),
  );
}

/** As Apple Calendar answers: one mixed message with the calendar as an attachment. */
export function appleReply(of: Answered, method: 'REPLY' | 'COUNTER' = 'REPLY'): Buffer {
  return Buffer.from(
    crlf(`${headers(of, 'Somebody declined your invitation', ['X-Mailer: Apple Mail (2.3774.600.62)', 'Content-Type: multipart/mixed; boundary="Apple-Mail=_1"'])}

--Apple-Mail=_1
Content-Type: text/plain; charset=us-ascii

Somebody has declined your invitation to "Congress".
--Apple-Mail=_1
Content-Disposition: attachment; filename=iCal-20261124-090000.ics
Content-Type: text/calendar; x-unix-mode=0600; name="iCal-20261124-090000.ics"; charset=utf-8; method=${method}
Content-Transfer-Encoding: quoted-printable

BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:${method}
PRODID:-//Apple Inc.//macOS 15.0//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;CN=3DSomebody;CUTYPE=3DINDIVIDUAL;EMAIL=3D${of.attendee};PARTSTAT=3D${of.partstat ?? 'DECLINED'}:mailto:${of.attendee}
DTEND:20270529T160000Z
DTSTAMP:${of.stamp}
DTSTART:20270526T070000Z
ORGANIZER;CN=3DConvivium:mailto:${of.organizer}
${of.comment ? `COMMENT:${of.comment}\n` : ''}SEQUENCE:${of.sequence}
SUMMARY:Congress
UID:${of.uid}
END:VEVENT
END:VCALENDAR
--Apple-Mail=_1--
`),
  );
}
