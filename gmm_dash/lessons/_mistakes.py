"""What each lesson removes: a mistake that students make, and where it is told of."""

from __future__ import annotations

from typing import Final

_ROBINSON: Final = 'D. Robinson, "K-means clustering is not a free lunch" (2015)'
_SULMONT: Final = "Sulmont, Patitsas and Cooperstock, SIGCSE 2019"
_VANDERPLAS: Final = "VanderPlas, Python Data Science Handbook (2016), chapter 5"
_SKLEARN_KMEANS: Final = "scikit-learn, example “Demonstration of k-means assumptions”"
_SKLEARN_GMM: Final = "scikit-learn, user guide, “Gaussian mixture models”"
_SCHUBERT: Final = 'Schubert, "Stop using the elbow criterion", arXiv 2212.12189'
_BISHOP: Final = "Bishop, Pattern Recognition and Machine Learning (2006), chapter 9"
_FRALEY: Final = "Fraley and Raftery, J. Am. Stat. Assoc. 97 (2002)"
_HENNIG: Final = "Hennig, Adv. Data Anal. Classif. 4 (2010)"
_BURNHAM: Final = "Burnham and Anderson, Sociol. Methods Res. 33 (2004)"
_ARTHUR: Final = "Arthur and Vassilvitskii, SODA 2007; KMeans in scikit-learn"
_BIERNACKI: Final = "Biernacki, Celeux and Govaert, Comput. Stat. Data Anal. 41 (2003)"
_RICHARDSON: Final = "Richardson and Green, J. R. Stat. Soc. B 59 (1997)"
_LITTLE: Final = "Little and Rubin, Statistical Analysis with Missing Data (2019)"
_GALTON: Final = "Galton, J. Anthropol. Inst. 15 (1886), table I"
_ESL: Final = "Hastie, Tibshirani and Friedman, The Elements of Statistical Learning (2009)"

MISTAKES: Final[dict[str, tuple[str, str]]] = {
    "groups": ("What a method returns must be there.", _SCHUBERT),
    "kmeans": ("A clustering method is a black box that knows groups.", _SULMONT),
    "corners": ("An algorithm that has converged has found the best.", _BISHOP),
    "borders": ("k-means finds any group that the eye sees.", _ROBINSON),
    "gaussian": (
        "Two standard deviations hold 95 % in any number of dimensions.",
        "the chi-squared distribution with two degrees of freedom",
    ),
    "shares": ("A share of one half means that a point is half of each thing.", _BISHOP),
    "em": ("EM is unlike k-means.", _BISHOP),
    "beginnings": ("A probabilistic method does not depend on its start.", _BIERNACKI),
    "types": ("A mixture is always better; its shape does not matter.", _SKLEARN_GMM),
    "overfit": ("The higher the likelihood, the better the model.", _ESL),
    "criteria": ("AIC and BIC answer the same question.", _BURNHAM),
    "collapse": ("The best score is the best model.", _FRALEY),
    "density": ("Each component is a cluster.", _HENNIG),
    "units": ("Units do not matter.", _ESL),
    "limit": ("k-means and mixtures are two unrelated methods.", _BISHOP),
    "harden": ("A mixture is better because it is soft.", _BISHOP),
    "ideal": ("The more general model is the better one.", _FRALEY),
    "restarts": ("One start is enough.", _ARTHUR),
    "mouse": ("When k-means fails, it was stuck.", _ROBINSON),
    "stretched": ("Any mixture follows stretched groups.", _SKLEARN_KMEANS),
    "unequal": ("k-means adapts to the width of a group.", _SKLEARN_KMEANS),
    "soft": ("A method that is less sure is a worse one.", _BISHOP),
    "minority": ("k-means finds small groups.", _ROBINSON),
    "converged": ("converged_ means that the best has been reached.", _SKLEARN_GMM),
    "starts": ("More restarts of the same kind always help.", _BIERNACKI),
    "iris": ("On real data nothing collapses.", _FRALEY),
    "components": ("BIC counts groups.", _HENNIG),
    "noise": ("Tidy clusters, or an elbow, prove that there are groups.", _SCHUBERT),
    "dimensions": ("More columns make a fit more certain, so better.", _ESL),
    "outlier": ("One far point does no harm among many.", _ROBINSON),
    "weights": ("A row of a table is one observation.", _GALTON),
    "background": ("Every point belongs to some group.", _FRALEY),
    "gaps": ("Leaving out rows with gaps costs rows, and nothing else.", _LITTLE),
    "slice": ("A prediction is one number.", _BISHOP),
    "galaxies": ("The data say how many groups there are.", _RICHARDSON),
    "own": ("A clustering can be read off without a look at the data.", _SULMONT),
    "book-kmeans": ("k-means knows the shape of a cluster.", _VANDERPLAS),
    "book-soft": ("A label is all there is to say of a point.", _VANDERPLAS),
    "book-shapes": ("Every mixture is a full one.", _VANDERPLAS),
    "book-density": ("A mixture is for clustering only.", _VANDERPLAS),
    "book-criteria": ("The number of components is the number of groups.", _VANDERPLAS),
    "book-digits": ("What a model draws, it has understood.", _VANDERPLAS),
    "book-colours": ("Clusters have to exist to be of use.", _VANDERPLAS),
    "book-em": ("EM gets better at an even pace.", _BISHOP),
}
