/** RFC 3986, as every Alibaba signature wants it: only letters, digits and `-_.~` stay as they are. */
export const percentEncode = (text: string): string =>
  /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(text).replaceAll(
        /[!'()*]/g,
        (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
      );
