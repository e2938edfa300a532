/* check FILE: prints "1 0" for a component that RFC 5546 allows and that has no errors.
   classify NEW OLD ADDRESS: prints the class that an iTIP client would give NEW when it holds OLD. */
#include <libical/ical.h>
#include <libical/icalss.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static icalcomponent *read_file(const char *name) {
  static char text[1 << 20];
  FILE *file = fopen(name, "rb");
  if (!file) exit(2);
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  return icalparser_parse_string(text);
}

int main(int count, char **args) {
  if (count == 3 && !strcmp(args[1], "check")) {
    icalcomponent *one = read_file(args[2]);
    if (!one) return 2;
    int allowed = icalrestriction_check(one);
    printf("%d %d\n", allowed, icalcomponent_count_errors(one));
    if (!allowed) fprintf(stderr, "%s", icalcomponent_as_ical_string(one));
    return 0;
  }
  if (count == 5 && !strcmp(args[1], "classify")) {
    icalcomponent *one = read_file(args[2]), *two = read_file(args[3]);
    printf("%s\n", icalproperty_enum_to_string(icalclassify(one, two, args[4])));
    return 0;
  }
  return 2;
}
