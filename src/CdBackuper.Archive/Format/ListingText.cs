using System.Text;
using System.Text.Json;

namespace CdBackuper.Archive.Format;

/// <summary>Writes listing.json with one entry a line, so that a person, grep and diff can read it.</summary>
public static class ListingText
{
    /// <returns>One JSON document, the same that the generated serializer reads.</returns>
    public static string Print(Listing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var head = JsonSerializer.Serialize(listing with { Entries = [] }, ArchiveJson.Compact.Listing);
        const string Mark = "\"entries\":[";
        var split = head.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        var text = new StringBuilder(head, 0, split, head.Length + (256 * listing.Entries.Count));
        for (var index = 0; index < listing.Entries.Count; index++)
        {
            text.Append(index == 0 ? "\n" : ",\n")
                .Append(JsonSerializer.Serialize(listing.Entries[index], ArchiveJson.Compact.ListedEntry));
        }

        return text.Append('\n').Append(head, split, head.Length - split).Append('\n').ToString();
    }
}
