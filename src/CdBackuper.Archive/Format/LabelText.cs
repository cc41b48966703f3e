using System.Globalization;
using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>What a person may call a disc: one line that shows as it is stored.</summary>
public static class LabelText
{
    /// <summary>How many visible characters a label has at most.</summary>
    public const int MaxCharacters = 200;

    /// <summary>The same in UTF-16 units: one visible character may be made of very many.</summary>
    private const int MaxLength = 2000;

    /// <summary>Makes a label of what a person wrote. It is never cut: a label that lost its end would say something else.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="problem">Why it is no label, for people; null where it is one.</param>
    /// <returns>Accents composed, blanks and line ends one blank each, nothing invisible; null where it is no label.</returns>
    public static string? Parse(string text, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var label = Visible(ComposedText.Of(text));
        var length = new StringInfo(label).LengthInTextElements;
        problem = label.Length == 0 ? "The label is empty."
            : length > MaxCharacters || label.Length > MaxLength
                ? string.Create(CultureInfo.InvariantCulture, $"The label has {Math.Max(length, 0)} characters; at most {MaxCharacters} are taken.")
            : null;
        return problem is null ? label : null;
    }

    private static string Visible(string text)
    {
        var (label, isGap) = (new StringBuilder(text.Length), false);
        foreach (var letter in Whole(text))
        {
            if (Rune.IsWhiteSpace(letter))
            {
                isGap = true;
            }
            else if (Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                label.Append(isGap && label.Length > 0 ? " " : "").Append(letter);
                isGap = false;
            }
        }

        return label.ToString();
    }

    /// <summary>Half a surrogate pair is no character, and left out.</summary>
    private static IEnumerable<Rune> Whole(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (Rune.TryGetRuneAt(text, index, out var letter))
            {
                index += letter.Utf16SequenceLength - 1;
                yield return letter;
            }
        }
    }
}
