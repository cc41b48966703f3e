using System.Globalization;
using CdBackuper.Bench;

// The parts of bench/run that bash can't do, or not fast enough.
switch (args)
{
    case ["files", var folder, var count, var meanBytes, var folders]:
        SourceFiles.Make(folder, Number(count), Number(meanBytes), Number(folders));
        return 0;
    case ["extract", var image, var archive, var syncs]:
        Extraction.Run(image, archive, syncs == "sync");
        return 0;
    case ["table", var figures, var reference]:
        FigureTable.Print(figures, reference);
        return 0;
    case ["read", var image]:
        Reading.Run(image);
        return 0;
    case ["readers", var corpus, var images]:
        ReaderTable.Print(corpus, images);
        return 0;
    default:
        Console.Error.WriteLine(
            "Started by bench/run: files FOLDER COUNT MEAN FOLDERS | extract IMAGE ARCHIVE sync|nosync | table FILE REFERENCE "
            + "| read IMAGE | readers CORPUS IMAGES");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
