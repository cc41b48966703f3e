using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CdBackuper.Commands;

/// <summary>Where a command's words go: the answer to standard output, everything said on the way to standard error.</summary>
/// <param name="isJson">True when standard output is to hold one JSON document and nothing else.</param>
internal sealed class Answer(bool isJson)
{
    public bool IsJson => isJson;

    /// <summary>Prints the answer: as JSON, or as people read it.</summary>
    public void Print<T>(T document, JsonTypeInfo<T> type, Func<string> text)
    {
        if (isJson)
        {
            PrintDocument(document, type);
        }
        else
        {
            Console.Out.WriteLine(text());
        }
    }

    /// <summary>Prints a JSON document, piece by piece: a disc's names may be 100 MB of it.</summary>
    public static void PrintDocument<T>(T document, JsonTypeInfo<T> type)
    {
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, document, type);
        output.Write("\n"u8);
    }

    /// <summary>Says what went wrong and what to do, and returns the exit code.</summary>
    public int Fail(int exitCode, string message, string next)
    {
        try
        {
            TellFailure(message, next);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nobody is there to be told (a closed or full pipe): the exit code is what is left.
        }

        return exitCode;
    }

    private void TellFailure(string message, string next)
    {
        // In one piece: the log writes to the same place from a thread of its own.
        Console.Error.Write($"cdbackuper: {Printable(message)}\n{(next.Length > 0 ? $"  {Printable(next)}\n" : "")}");

        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new(new(message, next)), DocumentJson.Pretty.ErrorDocument));
        }
    }

    /// <summary>Says something to people on the way.</summary>
    public static void Say(string text) => Console.Error.WriteLine(Printable(text));

    /// <returns>U+FFFD for what would steer a terminal; any other character itself.</returns>
    public static char Printable(char letter) => char.IsControl(letter) ? '\uFFFD' : letter;

    /// <returns>The text without what would steer a terminal: names on discs may hold anything.</returns>
    public static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            clean.Append(letter == '\n' ? letter : Printable(letter));
        }

        return clean.ToString();
    }
}
