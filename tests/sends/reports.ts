const crlf = (text: string) => Buffer.from(text.replace(/\r?\n/g, '\r\n'));
const RETURNED = (id: string) =>
  `From: Convivium <post@example.org>\nTo: somebody@example.net\nSubject: A test\nMessage-ID: ${id}\n`;

let n = 0;

/** As Postfix reports: RFC 3464, the headers of the message at the end. */
export function deliveryStatus(of: {
  status: string;
  said: string;
  action?: string;
  about?: string;
  messageId?: string;
}): Buffer {
  return crlf(`From: Mail Delivery System <MAILER-DAEMON@mail.example.net>
To: b@reply.example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: ${of.messageId ?? `<report-${++n}@mail.example.net>`}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net

Final-Recipient: rfc822; somebody@example.net
Original-Recipient: rfc822;somebody@example.net
Action: ${of.action ?? 'failed'}
Status: ${of.status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; ${of.said}

--b1
Content-Type: message/rfc822-headers

${RETURNED(of.about ?? '<unknown@example.org>')}
--b1--
`);
}

/** As providers report that somebody complained: RFC 5965. */
export function complaint(of: { about?: string; type?: string } = {}): Buffer {
  return crlf(`From: <feedback@mail.example.net>
To: b@reply.example.org
Subject: FW: A test
Message-ID: <complaint-${++n}@mail.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

--b2
Content-Type: text/plain

This is an email abuse report.

--b2
Content-Type: message/feedback-report

Feedback-Type: ${of.type ?? 'abuse'}
User-Agent: Feedback/1.0
Version: 1
Original-Rcpt-To: <somebody@example.net>

--b2
Content-Type: message/rfc822

${RETURNED(of.about ?? '<unknown@example.org>')}

A test
--b2--
`);
}

/** As servers report that know nothing of RFC 3464. */
export function sentences(words: string, subject = 'failure notice'): Buffer {
  return crlf(`From: MAILER-DAEMON@mail.example.net
To: b@reply.example.org
Subject: ${subject}
Message-ID: <words-${++n}@mail.example.net>
Content-Type: text/plain

Hi. This is the program at mail.example.net.

<somebody@example.net>:
${words}
`);
}

/** What is no report: somebody is away. */
export const absence = (): Buffer =>
  crlf(`From: Somebody <somebody@example.net>
To: post@example.org
Subject: Out of office
Message-ID: <away-${++n}@example.net>
Auto-Submitted: auto-replied

I am back on Monday.
`);
